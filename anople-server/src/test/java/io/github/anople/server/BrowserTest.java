package io.github.anople.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import tools.jackson.databind.JsonNode;

/** What a newcomer does, with a real browser. */
class BrowserTest {

  @TempDir Path folder;

  private TestServer server;
  private Browser browser;

  @BeforeEach
  void start() throws Exception {
    server = TestServer.start(folder.resolve("data"), Optional.empty());
    browser = Browser.open(server.address(), folder).signIn();
  }

  @AfterEach
  void stop() {
    if (browser != null) {
      browser.close();
    }
    server.close();
  }

  @Test
  void aNewcomerGetsVerdicts() throws Exception {
    browser.go("/");
    browser.text("main", "Nothing is inspected yet");
    browser.find("[name=name]").sendKeys("plate", Keys.TAB, "a metal plate", Keys.ENTER);
    browser.text("h1", "plate");
    assertEquals("/products/plate/pictures", browser.path());

    choose(DrawnPart.good(1).write(folder.resolve("first.png")));
    browser.findAll(".gallery img", 1);
    drawRegions();

    browser.find("a[href$='/detector'].button").sendKeys(Keys.ENTER);
    browser.find("button.main").sendKeys(Keys.ENTER);
    browser.text(".versions", "Version 2 inspects now");
    assertEquals(2, server.get("/products/plate/detectors").size());

    browser.go("/products/plate/inspect");
    inspect();
    photograph();
    takeAFolder();
    browser.assertUsable("inspect with results");
    fillThePage();
    missTheCamera();
  }

  private void choose(Path... files) {
    browser
        .find("input[name=files]")
        .sendKeys(List.of(files).stream().map(Path::toString).collect(Collectors.joining("\n")));
  }

  /** One with the mouse, one with the keyboard. */
  private void drawRegions() throws Exception {
    WebElement drawing = browser.find(".drawing");
    browser.run("arguments[0].scrollIntoView({ block: 'center' })", drawing);
    int right = drawing.getSize().width / 2;
    int down = drawing.getSize().height / 2;
    for (int[] corner : new int[][] {{-right + 20, -down + 20}, {-right / 2, -down + 20}}) {
      browser.mouse().moveToElement(drawing, corner[0], corner[1]).click().perform();
    }
    browser.mouse().moveToElement(drawing, -right / 2, -down / 2).click().perform();
    browser.mouse().moveToElement(drawing, -right + 20, -down + 20).click().perform();
    browser.findAll(".shapes li", 1);

    WebElement corner = browser.findAll(".corner", 3).get(2);
    String before = browser.find(".shapes input").getDomProperty("value");
    browser.mouse().dragAndDropBy(corner, 30, 20).perform();
    browser.wait(".shapes input", input -> !before.equals(input.getDomProperty("value")));

    browser.find("[data-rectangle]").sendKeys(Keys.ENTER);
    WebElement corners = browser.findAll(".shapes input", 2).get(1);
    corners.sendKeys(Keys.chord(Keys.CONTROL, "a"), "80,80 95,80 95,95", Keys.ENTER);
    browser.text("#region .status", "Saved");
    JsonNode region = server.get("/products/plate/region").path("ignore");
    assertEquals(2, region.size(), region.toString());
    assertEquals(3, region.get(0).size(), region.toString());
    assertEquals(0.95, region.get(1).get(1).get(0).doubleValue(), region.toString());
    browser.picture("region");
  }

  private void inspect() throws Exception {
    choose(
        DrawnPart.good(1).write(folder.resolve("A1.png")),
        DrawnPart.good(2, 2400, 1800).scratched().write(folder.resolve("A2.tif")),
        Files.writeString(folder.resolve("A3.png"), "no picture at all"));
    List<WebElement> cards = browser.findAll(".inspection", 3);
    assertTrue(cards.get(0).getText().contains("no verdict"), cards.get(0).getText());
    assertTrue(cards.get(0).getText().contains("A3.png"), cards.get(0).getText());
    assertTrue(cards.get(1).getText().contains("A2"), cards.get(1).getText());
    for (String image : List.of(".overlay img:not(.heat)", ".heat")) {
      browser.wait(
          ".inspection:nth-child(2) " + image,
          shown -> !"0".equals(shown.getDomProperty("naturalWidth")));
    }
    assertEquals(
        "1024",
        browser
            .find(".inspection:nth-child(2) .overlay img:not(.heat)")
            .getDomProperty("naturalWidth"));
    JsonNode history = server.get("/products/plate/inspections").path("inspections");
    assertEquals("A2", history.get(0).path("serialNumber").stringValue());

    browser.find("[name=beside]").sendKeys(Keys.SPACE);
    browser.find("[name=heat]").sendKeys(Keys.HOME);
    assertEquals("0", browser.find(".heat").getCssValue("opacity"));
    assertTrue(browser.find(".inspection:nth-child(2) .plain").isDisplayed());
    browser.picture("results-beside");
    browser.find("[name=beside]").sendKeys(Keys.SPACE);
    browser.find("[name=heat]").sendKeys(Keys.END);
    browser.picture("results");
  }

  private void takeAFolder() throws Exception {
    Path parts = Files.createDirectories(folder.resolve("parts/of-today")).getParent();
    DrawnPart.good(3).write(parts.resolve("B1.png"));
    DrawnPart.good(4).write(parts.resolve("of-today/B2.bmp"));
    Files.writeString(parts.resolve("notes.txt"), "no picture");
    browser.find("input[name=folder]").sendKeys(parts.toString());
    browser.findAll(".inspection", 7);
    browser.text(".status", "2 pictures in the folder, 1 other file left out (notes.txt)");
    browser.text(".inspection:nth-child(1)", "B2");
    browser.text(".inspection:nth-child(2)", "B1");
  }

  /** Of many results the newest fifty are shown, and it is said where the others are. */
  private void fillThePage() {
    assertFalse(browser.wait("#more", found -> true).isDisplayed());
    browser.run(
        "import('/assets/view.js').then((view) => {"
            + " for (let i = 1; i <= 60; i++) { view.failedCard(`part ${i}`, 'no picture'); } })");
    browser.text(".inspection:first-child", "part 60");
    browser.findAll(".inspection", 50);
    assertTrue(browser.wait("#more", found -> true).isDisplayed());
  }

  /** As in a browser that keeps the camera from pages which are not of this computer. */
  private void missTheCamera() {
    browser.run("Object.defineProperty(navigator, 'mediaDevices', { value: undefined })");
    browser.find("[data-camera]").sendKeys(Keys.ENTER);
    browser.text(".status", "Browsers give the camera to pages of https and of localhost only");
    assertFalse(browser.find(".camera").isDisplayed());
  }

  /** Chromium's own pretended camera. */
  private void photograph() {
    browser.find("[data-camera]").sendKeys(Keys.ENTER);
    browser.wait("video", video -> !"0".equals(video.getDomProperty("videoWidth")));
    browser.find("[name=serialNumber]").sendKeys("by hand");
    browser.find("[data-take]").sendKeys(Keys.ENTER);
    browser.findAll(".inspection", 4);
    browser.text(".inspection:first-child", "by hand");
    browser.find("[data-take]").sendKeys(Keys.ENTER);
    browser.findAll(".inspection", 5);
    String width = browser.find("video").getDomProperty("videoWidth");
    browser.text(".inspection:first-child", width + " ×");
    assertNotNull(browser.run("return document.querySelector('video').srcObject"));
    browser.find("[data-close]").sendKeys(Keys.ENTER);
    browser.wait("video", video -> !video.isDisplayed());
    assertEquals(true, browser.run("return document.querySelector('video').srcObject === null"));
  }
}
