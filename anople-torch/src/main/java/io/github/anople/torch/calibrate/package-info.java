/** What would other good parts score? Estimated from the shots alone. */
package io.github.anople.torch.calibrate;
