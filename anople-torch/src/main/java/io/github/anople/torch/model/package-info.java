/**
 * The arrow of the method: views, encode with prompts, decode. What training and detection share.
 */
package io.github.anople.torch.model;
