#include "torch_standin.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <ATen/detail/CUDAHooksInterface.h>
#include <c10/core/DeviceGuard.h>
#include <c10/core/GradMode.h>

#include <cmath>
#include <exception>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace {

thread_local std::string error_text;
thread_local bool has_error = false;

void keep_error(const char* text) noexcept
{
    try {
        error_text = text;
    } catch (...) {
        error_text.clear();
    }
    has_error = true;
}

// Runs what may throw; gives back what was asked for on failure and keeps the error's text.
template <typename Result, typename Body>
Result guarded(Result on_failure, Body body) noexcept
{
    try {
        return body();
    } catch (const std::exception& error) {
        keep_error(error.what());
    } catch (...) {
        keep_error("libtorch threw something that is not a std::exception.");
    }
    return on_failure;
}

template <typename Body>
int32_t status(Body body) noexcept
{
    return guarded<int32_t>(0, [&] {
        body();
        return 1;
    });
}

at::Tensor& of(Tensor tensor)
{
    TORCH_CHECK(tensor != nullptr, "A tensor is null.");
    return *reinterpret_cast<at::Tensor*>(tensor);
}

// A tensor on its way to the caller: freed where a later step fails before it is released.
struct Owned {
    explicit Owned(at::Tensor tensor) : held(std::make_unique<at::Tensor>(std::move(tensor))) {}
    Tensor release() { return reinterpret_cast<Tensor>(held.release()); }
    std::unique_ptr<at::Tensor> held;
};

Tensor handle(at::Tensor tensor)
{
    return Owned(std::move(tensor)).release();
}

template <typename Body>
Tensor made(Body body) noexcept
{
    return guarded<Tensor>(nullptr, [&] { return handle(body()); });
}

at::TensorOptions options(int32_t type, int32_t device, int32_t index)
{
    return at::TensorOptions()
        .dtype(static_cast<at::ScalarType>(type))
        .device(at::Device(static_cast<at::DeviceType>(device), static_cast<at::DeviceIndex>(index)));
}

at::TensorOptions floats(int32_t device, int32_t index)
{
    return options(static_cast<int32_t>(at::kFloat), device, index);
}

at::IntArrayRef sizes(const int64_t* shape, int32_t dimensions)
{
    return at::IntArrayRef(shape, static_cast<size_t>(dimensions));
}

constexpr int parameters_of_a_layer = 4;

std::vector<at::Tensor> layer(const Tensor* parameters)
{
    std::vector<at::Tensor> tensors;
    for (int i = 0; i < parameters_of_a_layer; i++) tensors.push_back(of(parameters[i]));
    return tensors;
}

// Automatic differentiation off for as long as this lives.
struct NoGrad {
    NoGrad() : before(c10::GradMode::is_enabled()) { c10::GradMode::set_enabled(false); }
    ~NoGrad() { c10::GradMode::set_enabled(before); }
    bool before;
};

} // namespace

const char* standin_take_error(void)
{
    if (!has_error) return nullptr;
    has_error = false;
    return error_text.c_str();
}

int32_t standin_cuda_device_count(void)
{
    return guarded<int32_t>(-1, [] { return static_cast<int32_t>(at::detail::getCUDAHooks().getNumGPUs()); });
}

int32_t standin_get_num_threads(void)
{
    return guarded<int32_t>(-1, [] { return static_cast<int32_t>(at::get_num_threads()); });
}

int32_t standin_set_num_threads(int32_t count)
{
    return status([&] { at::set_num_threads(count); });
}

int32_t standin_manual_seed(int64_t seed)
{
    return status([&] { at::manual_seed(static_cast<uint64_t>(seed)); });
}

int32_t standin_grad_enabled(void)
{
    return c10::GradMode::is_enabled();
}

void standin_set_grad_enabled(int32_t enabled)
{
    c10::GradMode::set_enabled(enabled != 0);
}

Tensor standin_tensor_copy_of(const void* values, int32_t type_of_values, const int64_t* shape, int32_t dimensions, int32_t type,
                              int32_t device, int32_t index, int32_t requires_grad)
{
    return made([&] {
        auto view = at::from_blob(const_cast<void*>(values), sizes(shape, dimensions),
                                  at::TensorOptions().dtype(static_cast<at::ScalarType>(type_of_values)));
        auto copy = view.to(options(type, device, index), /*non_blocking*/ false, /*copy*/ true);
        return copy.set_requires_grad(requires_grad != 0);
    });
}

Tensor standin_tensor_zeros(const int64_t* shape, int32_t dimensions, int32_t device, int32_t index)
{
    return made([&] { return at::zeros(sizes(shape, dimensions), floats(device, index)); });
}

Tensor standin_tensor_uniform(const int64_t* shape, int32_t dimensions, double bound, int32_t device, int32_t index)
{
    return made([&] { return at::empty(sizes(shape, dimensions), floats(device, index)).uniform_(-bound, bound); });
}

Tensor standin_tensor_normal(const int64_t* shape, int32_t dimensions, int32_t device, int32_t index)
{
    return made([&] { return at::randn(sizes(shape, dimensions), floats(device, index)); });
}

void standin_tensor_free(Tensor tensor)
{
    delete reinterpret_cast<at::Tensor*>(tensor);
}

int64_t standin_tensor_dimensions(Tensor tensor)
{
    return guarded<int64_t>(-1, [&] { return of(tensor).dim(); });
}

int64_t standin_tensor_size(Tensor tensor, int64_t dimension)
{
    return guarded<int64_t>(-1, [&] { return of(tensor).size(dimension); });
}

int64_t standin_tensor_count(Tensor tensor)
{
    return guarded<int64_t>(-1, [&] { return of(tensor).numel(); });
}

int64_t standin_tensor_element_size(Tensor tensor)
{
    return guarded<int64_t>(-1, [&] { return static_cast<int64_t>(of(tensor).element_size()); });
}

int32_t standin_tensor_type(Tensor tensor)
{
    return guarded<int32_t>(-1, [&] { return static_cast<int32_t>(of(tensor).scalar_type()); });
}

int32_t standin_tensor_device(Tensor tensor)
{
    return guarded<int32_t>(-1, [&] { return static_cast<int32_t>(of(tensor).device().type()); });
}

int32_t standin_tensor_device_index(Tensor tensor)
{
    return guarded<int32_t>(-1, [&] { return static_cast<int32_t>(of(tensor).device().index()); });
}

int32_t standin_tensor_is_contiguous(Tensor tensor)
{
    return guarded<int32_t>(-1, [&] { return static_cast<int32_t>(of(tensor).is_contiguous()); });
}

void* standin_tensor_data(Tensor tensor)
{
    return guarded<void*>(nullptr, [&] { return of(tensor).data_ptr(); });
}

int32_t standin_tensor_requires_grad(Tensor tensor)
{
    return guarded<int32_t>(-1, [&] { return static_cast<int32_t>(of(tensor).requires_grad()); });
}

int32_t standin_tensor_set_requires_grad(Tensor tensor, int32_t requires_grad)
{
    return status([&] { of(tensor).set_requires_grad(requires_grad != 0); });
}

Tensor standin_tensor_grad(Tensor tensor)
{
    return guarded<Tensor>(nullptr, [&]() -> Tensor {
        const auto& gradient = of(tensor).grad();
        return gradient.defined() ? handle(gradient) : nullptr;
    });
}

int32_t standin_tensor_clear_grad(Tensor tensor)
{
    return status([&] { of(tensor).mutable_grad().reset(); });
}

int32_t standin_tensor_backward(Tensor tensor)
{
    return status([&] { of(tensor).backward(); });
}

Tensor standin_tensor_detach(Tensor tensor)
{
    return made([&] { return of(tensor).detach(); });
}

Tensor standin_tensor_alias(Tensor tensor)
{
    return made([&] { return of(tensor); });
}

Tensor standin_tensor_to_cpu(Tensor tensor)
{
    return made([&] { return of(tensor).cpu(); });
}

Tensor standin_tensor_divide(Tensor tensor, double divisor)
{
    return made([&] { return of(tensor).div(divisor); });
}

Tensor standin_tensor_select(Tensor tensor, int64_t dimension, int64_t index)
{
    return made([&] { return of(tensor).select(dimension, index); });
}

Tensor standin_tensor_narrow(Tensor tensor, int64_t dimension, int64_t start, int64_t length)
{
    return made([&] { return of(tensor).narrow(dimension, start, length); });
}

Tensor standin_tensor_view(Tensor tensor, const int64_t* shape, int32_t dimensions)
{
    return made([&] { return of(tensor).view(sizes(shape, dimensions)); });
}

int32_t standin_tensor_copy_(Tensor destination, Tensor source)
{
    return status([&] { of(destination).copy_(of(source)); });
}

int32_t standin_tensor_zero_(Tensor tensor)
{
    return status([&] { of(tensor).zero_(); });
}

Tensor standin_embedding(Tensor weight, Tensor indices)
{
    return made([&] { return at::embedding(of(weight), of(indices)); });
}

Tensor standin_linear(Tensor input, Tensor weight, Tensor bias)
{
    return made([&] { return at::linear(of(input), of(weight), bias ? of(bias) : at::Tensor()); });
}

Tensor standin_dropout(Tensor input, double share, int32_t training)
{
    return made([&] { return at::dropout(of(input), share, training != 0); });
}

Tensor standin_log_softmax(Tensor input, int64_t dimension)
{
    return made([&] { return at::log_softmax(of(input), dimension); });
}

Tensor standin_cross_entropy(Tensor input, Tensor target, int64_t ignore_index, int64_t reduction, double label_smoothing)
{
    return made([&] { return at::cross_entropy_loss(of(input), of(target), {}, reduction, ignore_index, label_smoothing); });
}

Tensor standin_lstm(Tensor input, Tensor h0, Tensor c0, const Tensor* parameters, int32_t training, Tensor* hn, Tensor* cn)
{
    return guarded<Tensor>(nullptr, [&] {
        const at::Tensor state[] = {of(h0), of(c0)};
        auto [output, last_hidden, last_cell] = at::lstm(of(input), state, layer(parameters), true, 1, 0.0, training != 0, false, false);
        Owned owned(output), owned_hidden(last_hidden), owned_cell(last_cell);
        *hn = owned_hidden.release();
        *cn = owned_cell.release();
        return owned.release();
    });
}

Tensor standin_gru(Tensor input, Tensor h0, const Tensor* parameters, int32_t training, Tensor* hn)
{
    return guarded<Tensor>(nullptr, [&] {
        auto [output, last_hidden] = at::gru(of(input), of(h0), layer(parameters), true, 1, 0.0, training != 0, false, false);
        Owned owned(output), owned_hidden(last_hidden);
        *hn = owned_hidden.release();
        return owned.release();
    });
}

Tensor standin_rnn(Tensor input, Tensor h0, const Tensor* parameters, int32_t relu, int32_t training, Tensor* hn)
{
    return guarded<Tensor>(nullptr, [&] {
        auto weights = layer(parameters);
        auto [output, last_hidden] = relu
                               ? at::rnn_relu(of(input), of(h0), weights, true, 1, 0.0, training != 0, false, false)
                               : at::rnn_tanh(of(input), of(h0), weights, true, 1, 0.0, training != 0, false, false);
        Owned owned(output), owned_hidden(last_hidden);
        *hn = owned_hidden.release();
        return owned.release();
    });
}

int32_t standin_flatten(const Tensor* parameters, int64_t input_size, int64_t hidden_size, int64_t mode)
{
    return status([&] {
        auto weights = layer(parameters);
        if (!weights[0].is_cuda() || !at::cudnn_is_acceptable(weights[0])) return;
        c10::DeviceGuard device(weights[0].device());
        NoGrad off;
        at::_cudnn_rnn_flatten_weight(weights, parameters_of_a_layer, input_size, mode, hidden_size, 0, 1, false, false);
    });
}

// The norm of all gradients together; where it is above max_norm, every gradient is scaled by max_norm / (norm + 1e-6).
int32_t standin_clip_grad_norm_(const Tensor* parameters, int32_t count, double max_norm, double norm_type, double* norm)
{
    return status([&] {
        NoGrad off;
        std::vector<at::Tensor> gradients, norms;
        for (int32_t i = 0; i < count; i++) {
            const auto& gradient = of(parameters[i]).grad();
            if (!gradient.defined()) continue;
            gradients.push_back(gradient);
            norms.push_back(gradient.norm(norm_type));
        }
        *norm = norms.empty() ? 0.0 : at::norm(at::stack(norms), norm_type).item().toDouble();
        auto scale = max_norm / (*norm + 1e-6);
        if (scale < 1 || std::isnan(scale))
            for (auto& gradient : gradients) gradient.mul_(scale);
    });
}

int32_t standin_sgd_step(Tensor parameter, double learning_rate, double weight_decay)
{
    return status([&] {
        NoGrad off;
        auto& weights = of(parameter);
        auto gradient = weights.grad();
        if (!gradient.defined()) return;
        if (weight_decay != 0) gradient = gradient.add(weights, weight_decay);
        weights.add_(gradient, -learning_rate);
    });
}

int32_t standin_adam_step(Tensor parameter, Tensor mean, Tensor square, int64_t step, double learning_rate, double beta1, double beta2,
                          double eps, double weight_decay, int32_t decoupled)
{
    return status([&] {
        NoGrad off;
        auto& weights = of(parameter);
        auto gradient = weights.grad();
        if (!gradient.defined()) return;
        if (decoupled)
            weights.mul_(1 - learning_rate * weight_decay);
        else if (weight_decay != 0)
            gradient = gradient.add(weights, weight_decay);
        of(mean).mul_(beta1).add_(gradient, 1 - beta1);
        of(square).mul_(beta2).addcmul_(gradient, gradient, 1 - beta2);
        auto mean_correction = 1 - std::pow(beta1, static_cast<double>(step));
        auto square_correction = 1 - std::pow(beta2, static_cast<double>(step));
        auto denominator = of(square).sqrt().div_(std::sqrt(square_correction)).add_(eps);
        weights.addcdiv_(of(mean), denominator, -learning_rate / mean_correction);
    });
}
