/** A rival: the image tower with DJL's NDArrays. It runs in a process of its own. */
package io.github.anople.lab.speed.djl;
