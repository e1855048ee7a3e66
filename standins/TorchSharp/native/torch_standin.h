/* The part of libtorch that the stand-in for TorchSharp calls, as a plain C interface.
 *
 * Errors: a function that fails returns NULL (where it returns a pointer), 0 (where it returns whether it went well) or
 * -1 (where it returns a number or an answer). The text of the failure is then the calling thread's until its next
 * failure; standin_take_error reads it, once. No C++ exception leaves this library.
 *
 * Ownership: every tensor that a function returns or writes to an output belongs to the caller, who frees it with
 * standin_tensor_free. A tensor that is passed in stays the caller's. */
#pragma once
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define STANDIN_API __attribute__((visibility("default")))

typedef struct standin_tensor* Tensor;

STANDIN_API const char* standin_take_error(void);

/* The process */
STANDIN_API int32_t standin_cuda_device_count(void);
STANDIN_API int32_t standin_get_num_threads(void);
STANDIN_API int32_t standin_set_num_threads(int32_t count);
STANDIN_API int32_t standin_manual_seed(int64_t seed);
STANDIN_API int32_t standin_grad_enabled(void);
STANDIN_API void standin_set_grad_enabled(int32_t enabled);

/* Making tensors. Types and devices are numbered as in c10::ScalarType and c10::DeviceType; an index of -1 is the current device. */
STANDIN_API Tensor standin_tensor_copy_of(const void* values, int32_t type_of_values, const int64_t* shape, int32_t dimensions,
                                          int32_t type, int32_t device, int32_t index, int32_t requires_grad);
STANDIN_API Tensor standin_tensor_zeros(const int64_t* shape, int32_t dimensions, int32_t device, int32_t index);
STANDIN_API Tensor standin_tensor_uniform(const int64_t* shape, int32_t dimensions, double bound, int32_t device, int32_t index);
STANDIN_API Tensor standin_tensor_normal(const int64_t* shape, int32_t dimensions, int32_t device, int32_t index);
STANDIN_API void standin_tensor_free(Tensor tensor);

/* What a tensor is */
STANDIN_API int64_t standin_tensor_dimensions(Tensor tensor);
STANDIN_API int64_t standin_tensor_size(Tensor tensor, int64_t dimension);
STANDIN_API int64_t standin_tensor_count(Tensor tensor);
STANDIN_API int64_t standin_tensor_element_size(Tensor tensor);
STANDIN_API int32_t standin_tensor_type(Tensor tensor);
STANDIN_API int32_t standin_tensor_device(Tensor tensor);
STANDIN_API int32_t standin_tensor_device_index(Tensor tensor);
STANDIN_API int32_t standin_tensor_is_contiguous(Tensor tensor);
STANDIN_API void* standin_tensor_data(Tensor tensor);

/* Automatic differentiation. standin_tensor_grad gives NULL without an error where there is no gradient. */
STANDIN_API int32_t standin_tensor_requires_grad(Tensor tensor);
STANDIN_API int32_t standin_tensor_set_requires_grad(Tensor tensor, int32_t requires_grad);
STANDIN_API Tensor standin_tensor_grad(Tensor tensor);
STANDIN_API int32_t standin_tensor_clear_grad(Tensor tensor);
STANDIN_API int32_t standin_tensor_backward(Tensor tensor);
STANDIN_API Tensor standin_tensor_detach(Tensor tensor);

/* Arithmetic and shape */
STANDIN_API Tensor standin_tensor_alias(Tensor tensor);
STANDIN_API Tensor standin_tensor_to_cpu(Tensor tensor);
STANDIN_API Tensor standin_tensor_divide(Tensor tensor, double divisor);
STANDIN_API Tensor standin_tensor_select(Tensor tensor, int64_t dimension, int64_t index);
STANDIN_API Tensor standin_tensor_narrow(Tensor tensor, int64_t dimension, int64_t start, int64_t length);
STANDIN_API Tensor standin_tensor_view(Tensor tensor, const int64_t* shape, int32_t dimensions);
STANDIN_API int32_t standin_tensor_copy_(Tensor destination, Tensor source);
STANDIN_API int32_t standin_tensor_zero_(Tensor tensor);

/* Networks. The parameters of a layer are weight_ih, weight_hh, bias_ih, bias_hh. */
STANDIN_API Tensor standin_embedding(Tensor weight, Tensor indices);
STANDIN_API Tensor standin_linear(Tensor input, Tensor weight, Tensor bias);
STANDIN_API Tensor standin_dropout(Tensor input, double share, int32_t training);
STANDIN_API Tensor standin_log_softmax(Tensor input, int64_t dimension);
STANDIN_API Tensor standin_cross_entropy(Tensor input, Tensor target, int64_t ignore_index, int64_t reduction, double label_smoothing);
STANDIN_API Tensor standin_lstm(Tensor input, Tensor h0, Tensor c0, const Tensor* parameters, int32_t training, Tensor* hn, Tensor* cn);
STANDIN_API Tensor standin_gru(Tensor input, Tensor h0, const Tensor* parameters, int32_t training, Tensor* hn);
STANDIN_API Tensor standin_rnn(Tensor input, Tensor h0, const Tensor* parameters, int32_t relu, int32_t training, Tensor* hn);

/* Puts a layer's parameters into one block of memory where cuDNN wants it so. Modes: 0 ReLU, 1 tanh, 2 LSTM, 3 GRU. */
STANDIN_API int32_t standin_flatten(const Tensor* parameters, int64_t input_size, int64_t hidden_size, int64_t mode);

/* Updates. Parameters without a gradient are left alone. */
STANDIN_API int32_t standin_clip_grad_norm_(const Tensor* parameters, int32_t count, double max_norm, double norm_type, double* norm);
STANDIN_API int32_t standin_sgd_step(Tensor parameter, double learning_rate, double weight_decay);
STANDIN_API int32_t standin_adam_step(Tensor parameter, Tensor mean, Tensor square, int64_t step, double learning_rate, double beta1,
                                      double beta2, double eps, double weight_decay, int32_t decoupled);

#ifdef __cplusplus
}
#endif
