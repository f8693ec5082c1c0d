package io.github.anople.server.inspect;

import io.github.anople.server.store.InspectionRow;

/** Who wants to know of inspections. */
public interface InspectionListener {

  /**
   * An inspection is being kept. What is written now is kept with it or not at all, so this may
   * write rows and must wait for nothing else.
   *
   * @param inspection the inspection
   */
  void keeping(InspectionRow inspection);

  /**
   * An inspection was kept. This must not wait.
   *
   * @param inspection the inspection
   */
  void kept(InspectionRow inspection);
}
