/** Which pretrained CLIP, and where is it? Finding installed backbones, and downloading them. */
package io.github.anople.torch.backbone;
