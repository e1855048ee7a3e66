// Before anything is shown: the theme that the person chose, or else the one that his system has.
const chosen = localStorage.getItem('theme')
const isDark = chosen ? chosen === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches
document.documentElement.dataset.theme = isDark ? 'dark' : 'light'

addEventListener('DOMContentLoaded', () => {
  const root = document.documentElement
  const toggle = document.getElementById('dark')
  const show = theme => {
    root.dataset.theme = theme
    toggle.setAttribute('aria-checked', String(theme === 'dark'))
  }
  show(root.dataset.theme)
  toggle.addEventListener('click', () => {
    show(root.dataset.theme === 'dark' ? 'light' : 'dark')
    localStorage.setItem('theme', root.dataset.theme)
  })
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', ({ matches }) => {
    if (!localStorage.getItem('theme')) show(matches ? 'dark' : 'light')
  })
})
