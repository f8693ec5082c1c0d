/**
 * Every choice of the method: one record a subject, and one name a setting, the same in JSON, on
 * the command line and in messages.
 */
package io.github.anople.torch.config;
