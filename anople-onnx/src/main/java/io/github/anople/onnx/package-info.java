/** How is an exported detector used? ONNX Runtime alone: no libtorch, no tokenizer, no backbone. */
package io.github.anople.onnx;
