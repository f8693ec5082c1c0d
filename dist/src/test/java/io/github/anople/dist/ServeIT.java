package io.github.anople.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.server.Browser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/**
 * A newcomer with the demo's pictures: from the start of the program to the first verdict and on,
 * in a real browser, as the page of the documentation goes. Its pictures are made here.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class ServeIT {

  private static final String PASSWORD = "four words do well";
  private static final String PLACE = "/products/blister-pack/";
  private static final String DEFECT = "missing tablet";

  @TempDir Path temporary;

  private Path good;
  private Path defective;
  private Path further;
  private Served served;
  private Browser browser;
  private double looking;

  @BeforeEach
  void drawAndStart() throws IOException {
    Unpacked program = Unpacked.into(temporary);
    Path demo = temporary.resolve("anople-demo");
    Unpacked.Ended drawn =
        program.run(
            temporary,
            program.script(),
            "demo",
            "--output",
            demo.toString(),
            "--products",
            "1",
            "--epochs",
            "1");
    assertEquals(0, drawn.code(), drawn.err());
    Path pictures = demo.resolve("pictures/blister_pack");
    good = pictures.resolve("train/good/000.png");
    defective = renamed(pictures.resolve("test/missing_tablet"), "B-2");
    further = renamed(demo.resolve("further_good/blister_pack"), "good-");
    served = Served.start(program, temporary.resolve("Prüfung 1"));
    browser = Browser.open(served.address(), temporary);
  }

  /** The demo's pictures have numbers alone; parts have serial numbers. */
  private Path renamed(Path folder, String beginning) throws IOException {
    Path target = Files.createDirectory(temporary.resolve("as " + beginning));
    for (Path picture : in(folder)) {
      Files.copy(picture, target.resolve(beginning + picture.getFileName()));
    }
    return target;
  }

  private static List<Path> in(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted(Comparator.naturalOrder()).toList();
    }
  }

  @AfterEach
  void stop() throws Exception {
    if (browser != null) {
      browser.close();
    }
    if (served != null) {
      served.kill();
    }
  }

  @Test
  void aNewcomerGetsVerdicts() throws Exception {
    begin();
    train();
    inspect(1);
    tell("first verdicts");
    browser.looks("serve-first-verdicts");
    browser.go(PLACE + "detector");
    browser.looks("serve-training");
    browser.text(".versions", "Version 2 inspects now");
    tell("trained version");
    browser.looks("serve-detector");
    inspect(2);
    promise();
    review();
    lookAtTheOthers();
    stopWhileItTrains();
  }

  /** How long it took, without looking at pages before the training, which people need not do. */
  private void tell(String what) {
    System.out.printf(
        Locale.ROOT, "%.0f s from the start to the %s%n", served.seconds() - looking, what);
  }

  private void lookFirst(String page) throws IOException {
    double before = served.seconds();
    browser.looks(page);
    looking += served.seconds() - before;
  }

  private void begin() throws IOException {
    browser.go("/first-start");
    lookFirst("serve-first-start");
    browser.find("[name=password]").sendKeys(PASSWORD);
    browser.find("[name=again]").sendKeys(PASSWORD, Keys.ENTER);
    browser.text("main", "Nothing is inspected yet");
    lookFirst("serve-empty");
    browser
        .find("#new [name=name]")
        .sendKeys("blister-pack", Keys.TAB, "a blister pack of tablets", Keys.ENTER);
    browser.text("h1", "blister-pack");
  }

  private void train() throws IOException {
    choose(List.of(good));
    browser.findAll(".gallery img", 1);
    lookFirst("serve-good-picture");
    browser.find("a[href$='/detector'].button").sendKeys(Keys.ENTER);
    browser.find("button.main").sendKeys(Keys.ENTER);
    browser.text(".versions", "provisional");
  }

  /**
   * A good picture and a defective one, by the version of that number. While thresholds are
   * estimates, a defect may be let through, but not without a word.
   */
  private void inspect(int version) throws IOException {
    browser.go(PLACE + "inspect");
    choose(List.of(in(further).get(0), in(defective).get(0)));
    List<String> cards =
        browser.findAll(".inspection", 2).stream().map(WebElement::getText).toList();
    cards.forEach(card -> assertTrue(card.contains("version " + version + " "), card));
    assertTrue(cards.get(1).startsWith("OK"), cards.get(1));
    assertTrue(
        cards.get(0).startsWith("NOT OK") || cards.get(0).contains("Not clear:"), cards.get(0));
  }

  private void promise() throws IOException {
    browser.go(PLACE + "pictures");
    choose(in(further));
    browser.findAll(".gallery img", 20);
    browser.looks("serve-good-pictures");
    browser.go(PLACE + "decide");
    browser.find("form.search button").sendKeys(Keys.ENTER);
    browser.text(".versions", "Version 3 inspects now");
    browser.looks("serve-versions");
    inspect(3);
    browser.text(".inspection:first-child .chip", "NOT OK");
    browser.looks("serve-inspect");
  }

  private void review() throws IOException {
    browser.go(PLACE + "inspect");
    List<Path> others = in(defective).subList(1, 3);
    choose(others);
    browser.findAll(".inspection", others.size());
    browser.go(PLACE + "review");
    browser.find(".inspection");
    browser.looks("serve-review");
    browser.find("[name=defect]").sendKeys(DEFECT);
    browser.find("[data-key=b]").sendKeys(Keys.ENTER);
    browser.text("[role=status]", "bad");
  }

  private void lookAtTheOthers() throws IOException {
    browser.go(PLACE + "history");
    browser.text("table", DEFECT);
    browser.looks("serve-history");
    browser.find("tbody th a").sendKeys(Keys.ENTER);
    browser.text("h2", "Inspection");
    browser.looks("serve-inspection");
    for (String page : List.of("trends", "decide")) {
      browser.go(PLACE + page);
      browser.looks("serve-" + page);
    }
    for (String page : List.of("", "connections", "connections/new?kind=folder", "system")) {
      browser.go("/" + page);
      browser.looks("serve-" + (page.isEmpty() ? "products" : page.replaceAll("\\W+", "-")));
    }
  }

  /** A signal ends the server and the process that trains. */
  private void stopWhileItTrains() throws Exception {
    browser.go(PLACE + "detector");
    browser.find("button.main").sendKeys(Keys.ENTER);
    browser.wait("#job progress", bar -> !"0".equals(bar.getDomProperty("value")));
    List<ProcessHandle> all = served.processes();
    assertEquals(2, all.size(), all.toString());
    assertEquals(Served.TERMINATED, served.terminate(), served.said());
    assertEquals(List.of(), all.stream().filter(ProcessHandle::isAlive).toList());
  }

  private void choose(List<Path> files) {
    browser
        .find("input[name=files]")
        .sendKeys(files.stream().map(Path::toString).collect(Collectors.joining("\n")));
  }
}
