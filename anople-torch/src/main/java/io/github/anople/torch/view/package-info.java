/** At which scales? The views of a picture that one training step looks at. */
package io.github.anople.torch.view;
