/**
 * What does CLIP see? OpenCLIP's tokenizer and its two encoders, with hooks for prompt rows and
 * intermediate layers.
 */
package io.github.anople.torch.clip;
