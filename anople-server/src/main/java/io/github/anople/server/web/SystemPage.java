package io.github.anople.server.web;

import java.util.List;

/**
 * How the server stands.
 *
 * @param jobs the newest first
 * @param facts about the computer, the folder and the database
 * @param tokens in the order in which they were made
 * @param roles that the viewer may give a token
 * @param made a token that was made right now; empty else
 */
public record SystemPage(
    List<JobItem> jobs, List<Fact> facts, List<TokenItem> tokens, List<String> roles, String made) {

  /**
   * A job.
   *
   * @param id its number
   * @param product its product's name
   * @param state how it stands
   * @param ended whether nothing more happens
   * @param words what is done, or why it failed
   * @param asked when somebody asked for it, in words
   */
  public record JobItem(
      long id, String product, String state, boolean ended, String words, String asked) {}

  /**
   * A fact.
   *
   * @param name of what
   * @param words how it is
   */
  public record Fact(String name, String words) {}

  /**
   * A token.
   *
   * @param id its number
   * @param name what it is for
   * @param role what the program may do
   * @param madeBy who made it, and when
   * @param ends when, in words
   * @param used when it was used last, in words
   * @param mine whether the viewer may revoke it
   */
  public record TokenItem(
      long id, String name, String role, String madeBy, String ends, String used, boolean mine) {}

  /** Copies the lists. */
  public SystemPage {
    jobs = List.copyOf(jobs);
    facts = List.copyOf(facts);
    tokens = List.copyOf(tokens);
    roles = List.copyOf(roles);
  }
}
