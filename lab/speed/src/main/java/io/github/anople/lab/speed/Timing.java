package io.github.anople.lab.speed;

/**
 * How long a system took for a task.
 *
 * @param task what was done, for example {@code encode, batch 8}
 * @param system who did it, and in which number format
 * @param samples durations of the whole task
 * @param work what it comes to at least
 * @param note what else a reader should know: how well outputs agreed, memory; may be empty
 */
record Timing(String task, String system, Samples samples, Work work, String note) {}
