/* Calls every function of the interface, failures included, frees what it owns, and says what is wrong.
 * Written in C, which proves that the header is; check.sh runs it under valgrind and AddressSanitizer. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "torch_standin.h"

enum { CPU = 0, INT32 = 3, INT64 = 4, FLOAT32 = 6, SUM = 2 };
enum { LENGTH = 5, BATCH = 3, WORDS = 11, SIZE = 4 };

static int failures = 0;

static void check(int holds, const char* what)
{
    if (holds) return;
    const char* error = standin_take_error();
    fprintf(stderr, "failed: %s%s%s\n", what, error ? ": " : "", error ? error : "");
    failures++;
}

#define CHECK(expression) check((expression) != 0, #expression)

static Tensor parameter(int64_t rows, int64_t columns)
{
    int64_t shape[] = {rows, columns};
    Tensor tensor = standin_tensor_uniform(shape, columns ? 2 : 1, 0.5, CPU, -1);
    CHECK(tensor);
    CHECK(standin_tensor_set_requires_grad(tensor, 1));
    return tensor;
}

static float value(Tensor scalar)
{
    return *(float*)standin_tensor_data(scalar);
}

/* A window of a small language model, forward, backward and two kinds of update. */
static void window(int gates, int cell, int round)
{
    Tensor embedding = parameter(WORDS, SIZE), bias = parameter(WORDS, 0);
    Tensor weights[] = {parameter(gates * SIZE, SIZE), parameter(gates * SIZE, SIZE), parameter(gates * SIZE, 0), parameter(gates * SIZE, 0)};
    CHECK(standin_flatten(weights, SIZE, SIZE, cell));

    int32_t ids[2 * LENGTH * BATCH];
    for (int i = 0; i < 2 * LENGTH * BATCH; i++) ids[i] = (i * 7 + round) % WORDS;
    ids[2 * LENGTH * BATCH - 1] = -1;
    int64_t shape[] = {2, LENGTH, BATCH}, flat[] = {-1}, rows[] = {-1, SIZE}, state[] = {1, BATCH, SIZE};
    Tensor both = standin_tensor_copy_of(ids, INT32, shape, 3, INT64, CPU, -1, 0);
    Tensor inputs = standin_tensor_select(both, 0, 0), second = standin_tensor_select(both, 0, 1), targets = standin_tensor_view(second, flat, 1);
    CHECK(standin_tensor_type(inputs) == INT64 && standin_tensor_dimensions(inputs) == 2 && standin_tensor_size(inputs, 1) == BATCH);

    Tensor embedded = standin_embedding(embedding, inputs), dropped = standin_dropout(embedded, 0.3, 1);
    Tensor h0 = standin_tensor_zeros(state, 3, CPU, -1), c0 = standin_tensor_normal(state, 3, CPU, -1), hn = NULL, cn = NULL;
    Tensor output = cell == 2 ? standin_lstm(dropped, h0, c0, weights, 1, &hn, &cn)
                  : cell == 3 ? standin_gru(dropped, h0, weights, 1, &hn)
                              : standin_rnn(dropped, h0, weights, cell == 0, 1, &hn);
    CHECK(output && hn && (cell != 2 || cn));
    Tensor hidden = standin_tensor_view(output, rows, 2), logits = standin_linear(hidden, embedding, bias);
    Tensor loss = standin_cross_entropy(logits, targets, -1, SUM, 0), mean = standin_tensor_divide(loss, LENGTH * BATCH - 1);
    CHECK(standin_tensor_requires_grad(mean) && isfinite(value(loss)));
    CHECK(standin_tensor_backward(mean));

    Tensor gradient = standin_tensor_grad(embedding), part = standin_tensor_narrow(gradient, 0, 0, 2);
    CHECK(gradient && standin_tensor_zero_(part));
    Tensor all[] = {embedding, bias, weights[0], weights[1], weights[2], weights[3]};
    double norm = -1, again = -1;
    CHECK(standin_clip_grad_norm_(all, 6, 0.01, 2, &norm) && norm > 0.01);
    CHECK(standin_clip_grad_norm_(all, 6, 1, 2, &again) && fabs(again - 0.01) < 1e-4);
    CHECK(standin_sgd_step(bias, 0.1, 0.01));
    int64_t moments[] = {WORDS, SIZE};
    Tensor first = standin_tensor_zeros(moments, 2, CPU, -1), square = standin_tensor_zeros(moments, 2, CPU, -1);
    CHECK(standin_adam_step(embedding, first, square, 1, 0.1, 0.9, 0.999, 1e-8, 0.01, round % 2));
    CHECK(standin_tensor_clear_grad(embedding) && standin_tensor_grad(embedding) == NULL);

    Tensor detached = standin_tensor_detach(hn), host = standin_tensor_to_cpu(detached), logp = standin_log_softmax(logits, -1);
    CHECK(!standin_tensor_requires_grad(host) && standin_tensor_is_contiguous(host) && logp);

    Tensor owned[] = {embedding, bias, weights[0], weights[1], weights[2], weights[3], both, inputs, second, targets, embedded, dropped,
                      h0, c0, hn, cn, output, hidden, logits, loss, mean, gradient, part, first, square, detached, host, logp};
    for (size_t i = 0; i < sizeof owned / sizeof *owned; i++) standin_tensor_free(owned[i]);
}

static void errors(void)
{
    int64_t shape[] = {2, 3}, wrong[] = {4, 4}, huge[] = {1LL << 40, 1LL << 10};
    float values[] = {1, 2, 3, 4, 5, 6};
    Tensor tensor = standin_tensor_copy_of(values, FLOAT32, shape, 2, FLOAT32, CPU, -1, 0);
    CHECK(value(tensor) == 1 && standin_tensor_count(tensor) == 6 && standin_tensor_element_size(tensor) == 4);
    values[0] = 9;
    CHECK(value(tensor) == 1);

    CHECK(standin_take_error() == NULL);
    CHECK(standin_tensor_view(tensor, wrong, 2) == NULL);
    const char* error = standin_take_error();
    CHECK(error && strstr(error, "invalid"));
    CHECK(standin_take_error() == NULL);

    CHECK(standin_tensor_backward(tensor) == 0 && standin_take_error());
    CHECK(standin_linear(tensor, NULL, NULL) == NULL && standin_take_error());
    CHECK(standin_tensor_zeros(huge, 2, CPU, -1) == NULL);
    error = standin_take_error();
    CHECK(error && strstr(error, "memory"));
    CHECK(standin_tensor_count(NULL) == -1 && standin_take_error());
    CHECK(standin_tensor_size(tensor, 7) == -1 && standin_take_error());
    CHECK(standin_tensor_copy_(tensor, NULL) == 0 && standin_take_error());

    Tensor alias = standin_tensor_alias(tensor);
    CHECK(standin_tensor_zero_(alias) && value(tensor) == 0);
    CHECK(standin_tensor_copy_(alias, tensor) && standin_tensor_device(alias) == CPU && standin_tensor_device_index(alias) == -1);
    standin_tensor_free(alias);
    standin_tensor_free(tensor);
    standin_tensor_free(NULL);
}

int main(void)
{
    CHECK(standin_set_num_threads(1) && standin_get_num_threads() == 1);
    CHECK(standin_manual_seed(7));
    CHECK(standin_cuda_device_count() >= 0);
    standin_set_grad_enabled(0);
    CHECK(!standin_grad_enabled());
    standin_set_grad_enabled(1);
    CHECK(standin_grad_enabled());

    for (int round = 0; round < 4; round++) {
        window(1, 0, round);
        window(1, 1, round);
        window(4, 2, round);
        window(3, 3, round);
    }
    errors();
    if (!failures) puts("every function did what the header says");
    return failures ? EXIT_FAILURE : EXIT_SUCCESS;
}
