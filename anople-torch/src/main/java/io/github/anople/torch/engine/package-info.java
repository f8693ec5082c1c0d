/** libtorch made safe to use from Java: start-up, device, precision, ownership of native memory. */
package io.github.anople.torch.engine;
