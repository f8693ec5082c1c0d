/** libtorch made safe to use from Java: start-up, precision, ownership of native memory. */
package io.github.anople.torch.engine;
