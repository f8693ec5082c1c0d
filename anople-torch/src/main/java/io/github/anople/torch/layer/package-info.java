/** What a transformer is made of: the layers that every frozen encoder has. */
package io.github.anople.torch.layer;
