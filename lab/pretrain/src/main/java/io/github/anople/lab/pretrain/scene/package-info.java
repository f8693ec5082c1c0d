/**
 * Labelled scenes for pretraining, drawn from a seed: materials, objects, damage with exact masks,
 * and captions. Draws with Java2D, without a display and without fonts; knows nothing of tensors.
 */
package io.github.anople.lab.pretrain.scene;
