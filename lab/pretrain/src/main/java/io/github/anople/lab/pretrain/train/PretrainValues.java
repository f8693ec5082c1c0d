package io.github.anople.lab.pretrain.train;

/** The losses of a step as numbers. */
record PretrainValues(
    float descriptors,
    float contrast,
    float words,
    float patchDamage,
    float earlyDamage,
    float imageDamage,
    float total) {}
