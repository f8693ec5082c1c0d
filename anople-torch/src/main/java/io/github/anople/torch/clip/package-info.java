/** What does CLIP see? Its tokenizer and its two frozen encoders. */
package io.github.anople.torch.clip;
