/** Is it the product at all? Measures of a whole picture against the shots. */
package io.github.anople.torch.scene;
