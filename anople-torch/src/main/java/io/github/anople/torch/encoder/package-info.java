/** What the memory sees with: frozen networks that describe the patches of an image. */
package io.github.anople.torch.encoder;
