package io.github.anople.inspect.page;

import gg.jte.Content;
import gg.jte.TemplateOutput;
import java.util.List;
import java.util.Optional;

/**
 * Numbers that answer one question, the first of them large.
 *
 * @param title what they are about
 * @param question what they answer
 * @param numbers the numbers, in order
 */
public record NumberCard(String title, String question, List<Entry> numbers) implements Content {

  /**
   * One number.
   *
   * @param name its name
   * @param value the number as it is shown; empty where it is not defined
   */
  public record Entry(String name, Optional<String> value) {}

  public NumberCard {
    numbers = List.copyOf(numbers);
  }

  @Override
  public void writeTo(TemplateOutput output) {
    Templates.write("page/numberCard", this, output);
  }
}
