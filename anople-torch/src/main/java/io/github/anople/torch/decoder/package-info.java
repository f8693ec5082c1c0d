/** Where is it? The light decoder that turns patch rows into dense features (paper 3.3.1). */
package io.github.anople.torch.decoder;
