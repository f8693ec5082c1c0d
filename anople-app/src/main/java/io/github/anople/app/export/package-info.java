/** How does a detector leave libtorch? One ONNX graph: picture in, score and map out. */
package io.github.anople.app.export;
