package io.github.anople.torch.config;

/**
 * The check of the whole picture beside the score. Not of the paper.
 *
 * @param enabled whether a detector remembers what a whole picture of the product looks like, so
 *     that a picture that is dark, blurred, empty or of something else is never OK
 */
public record SceneSettings(boolean enabled) {}
