/** What does DINOv2 see? */
package io.github.anople.torch.encoder.dino;
