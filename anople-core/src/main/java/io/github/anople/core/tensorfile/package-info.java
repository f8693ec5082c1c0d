/**
 * What is on disk: tensors in safetensors files, read where they lie and written without a detour
 * through the heap.
 *
 * <p>Nothing here mentions a tensor engine: a tensor is a name, a type, a shape and a range of
 * bytes. Every number in a file's header is checked before it is used, so that a damaged or hostile
 * file ends in one {@link io.github.anople.core.InputException} that names it.
 */
package io.github.anople.core.tensorfile;
