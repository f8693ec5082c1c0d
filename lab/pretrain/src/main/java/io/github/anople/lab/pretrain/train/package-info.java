/**
 * What makes a small CLIP of its own? Teachers, losses and the run that learns from drawn scenes.
 */
package io.github.anople.lab.pretrain.train;
