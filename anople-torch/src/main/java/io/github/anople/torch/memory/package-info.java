/**
 * How far from normal? The patches of good pictures, and the distance to the nearest of them (paper
 * 3.5).
 */
package io.github.anople.torch.memory;
