/** Which weights, where none may be downloaded? Those that a rule makes alike in every language. */
package io.github.anople.torch.portable;
