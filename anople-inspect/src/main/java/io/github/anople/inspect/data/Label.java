package io.github.anople.inspect.data;

/** What is known of an image before a detector sees it. */
public enum Label {
  /** Known to be free of defects. */
  NORMAL,
  /** Known to show a defect. */
  ANOMALOUS,
  /** Nobody said: an image to be judged. */
  UNKNOWN
}
