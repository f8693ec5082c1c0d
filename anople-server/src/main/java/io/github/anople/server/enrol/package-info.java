/** From good pictures to a detector: jobs, training in a process of its own, versions. */
package io.github.anople.server.enrol;
