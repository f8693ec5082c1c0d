package io.github.anople.server.web;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What every page of a product begins with.
 *
 * @param name its name in addresses
 * @param shows what its pictures show
 * @param tab which of its pages this is, see {@link #TABS}
 */
public record ProductHead(String name, String shows, String tab) {

  /** The pages of a product, and what they are called. */
  public static final Map<String, String> TABS = tabs();

  private static Map<String, String> tabs() {
    Map<String, String> tabs = new LinkedHashMap<>();
    tabs.put("inspect", "Inspect");
    tabs.put("review", "Review");
    tabs.put("history", "History");
    tabs.put("trends", "Trends");
    tabs.put("pictures", "Good pictures");
    tabs.put("detector", "Detector");
    tabs.put("decide", "Decide");
    return Collections.unmodifiableMap(tabs);
  }

  /**
   * Where a page of the product is.
   *
   * @param page as in {@link #tab}
   * @return its address
   */
  public String place(String page) {
    return "/products/" + name + "/" + page;
  }
}
