/**
 * How do the modalities meet? Learned contexts, the couplings between them, and the words they are
 * put to.
 */
package io.github.anople.torch.prompt;
