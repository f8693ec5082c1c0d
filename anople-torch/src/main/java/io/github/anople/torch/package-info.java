/** The method on libtorch: everything that mentions a tensor lives below this package. */
package io.github.anople.torch;
