/** How are the pictures of a data lake scored? */
package io.github.anople.spark;
