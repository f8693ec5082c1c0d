package io.github.anople.lab.pretrain.scene;

/** A texture as a function of the place. */
@FunctionalInterface
interface Texel {

  /** Colour and height, packed by {@link Tones#high}, at a place in texture pixels. */
  int at(float u, float v);
}
