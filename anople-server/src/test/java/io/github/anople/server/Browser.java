package io.github.anople.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/** A Chromium without a window that looks at a server; for the tests of other modules too. */
public final class Browser implements AutoCloseable {

  /** Where pictures of pages are left, for whoever wants to look at them. */
  static final Path SCREENSHOTS = Path.of("target", "screenshots");

  /** Against a page that hangs, not a bound on how long it may take. */
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private static final int WIDE = 1280;
  private static final int NARROW = 390;

  private static final List<String> SERIOUS = List.of("serious", "critical");

  private final ChromeDriver driver;
  private final String server;
  private final String axe;

  private Browser(ChromeDriver driver, String server, String axe) {
    this.driver = driver;
    this.server = server;
    this.axe = axe;
  }

  /**
   * Opens one; where there is none the test is skipped, and says so.
   *
   * @param server the server's address
   * @param scratch a folder that is there
   * @return the browser
   * @throws IOException if nothing can be written to the folder
   */
  public static Browser open(String server, Path scratch) throws IOException {
    ChromeOptions options = new ChromeOptions();
    options.setBinary(program("chromium", "chromium-browser", "google-chrome").toFile());
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-breakpad",
        "--hide-scrollbars",
        "--use-fake-device-for-media-stream",
        "--use-fake-ui-for-media-stream",
        "--window-size=1280,900",
        "--user-data-dir=" + Files.createTempDirectory(scratch, "profile"));
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
    // With a driver named, Selenium looks for none and so fetches none.
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(program("chromedriver").toFile())
            .usingAnyFreePort()
            .build();
    try (InputStream script = Browser.class.getResourceAsStream("/axe.min.js")) {
      String axe = new String(script.readAllBytes(), StandardCharsets.UTF_8);
      return new Browser(new ChromeDriver(service, options), server, axe);
    }
  }

  /** Signs in as the administrator, by the keyboard alone. */
  Browser signIn() {
    go("/sign-in");
    find("[name=name]").sendKeys("admin", Keys.TAB, TestServer.PASSWORD, Keys.ENTER);
    text("nav", "Sign out");
    return this;
  }

  private static Path program(String... names) {
    return Arrays.stream(names)
        .flatMap(
            name ->
                Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                    .map(folder -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseGet(() -> abort("no " + names[0] + " here; install Debian's chromium-driver"));
  }

  /** Opens a page of the server. */
  public void go(String path) {
    driver.get(server + path);
    assertEquals(path, path(), "another page is shown");
  }

  /** Which page is open, without the server. */
  public String path() {
    return driver.getCurrentUrl().substring(server.length());
  }

  /** Waits until there is an element. */
  public WebElement find(String css) {
    return wait(css, found -> true);
  }

  /** Waits until an element is as it should be; a page that is loaded anew meanwhile is none. */
  public WebElement wait(String css, Predicate<WebElement> wanted) {
    return new WebDriverWait(driver, PATIENCE, Duration.ofMillis(50))
        .ignoring(StaleElementReferenceException.class)
        .withMessage(() -> css + " on " + path())
        .until(
            seen ->
                seen.findElements(By.cssSelector(css)).stream()
                    .filter(wanted)
                    .findFirst()
                    .orElse(null));
  }

  /** Waits until there are so many of them. */
  public List<WebElement> findAll(String css, int count) {
    return new WebDriverWait(driver, PATIENCE, Duration.ofMillis(50))
        .withMessage(() -> count + " of " + css + " on " + path())
        .until(
            seen -> {
              List<WebElement> all = seen.findElements(By.cssSelector(css));
              return all.size() == count ? all : null;
            });
  }

  /** Waits for an element with such a text. */
  public void text(String css, String part) {
    wait(css, found -> found.getText().contains(part));
  }

  /** What a script returns. */
  Object run(String script, Object... arguments) {
    return driver.executeScript(script, arguments);
  }

  Actions mouse() {
    return new Actions(driver);
  }

  /** Makes the page so wide, light or dark, whatever the window is. */
  void look(int width, boolean dark) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", false));
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
  }

  /** A picture of the whole page, below {@link #SCREENSHOTS}. */
  void picture(String name) throws IOException {
    run("document.querySelectorAll('[loading=lazy]').forEach((it) => { it.loading = 'eager'; })");
    driver.executeAsyncScript(
        "const done = arguments[0];"
            + "Promise.all([...document.images].map((it) => it.decode().catch(() => {})))"
            + ".then(() => requestAnimationFrame(() => requestAnimationFrame(() => done())));");
    Map<String, Object> taken =
        driver.executeCdpCommand(
            "Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true));
    Files.createDirectories(SCREENSHOTS);
    Files.write(
        SCREENSHOTS.resolve(name + ".png"),
        Base64.getDecoder().decode(String.valueOf(taken.get("data"))));
  }

  /** Pictures of the open page, wide and narrow, light and dark; fails as the one below. */
  public void looks(String page) throws IOException {
    for (int width : List.of(NARROW, WIDE)) {
      for (boolean dark : List.of(true, false)) {
        look(width, dark);
        String name = page + "-" + width + (dark ? "-dark" : "-light");
        picture(name);
        assertUsable(name);
      }
    }
  }

  /** Fails where people would meet an obstacle, or the browser complained. */
  void assertUsable(String what) {
    assertEquals(
        List.of(),
        driver.manage().logs().get(LogType.BROWSER).getAll().stream()
            .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
            .map(LogEntry::getMessage)
            .filter(message -> !isRefusal(message))
            .toList(),
        what);
    assertEquals(
        true,
        run("return document.documentElement.scrollWidth <= innerWidth"),
        what + " scrolls sideways");
    run(axe);
    @SuppressWarnings("unchecked") // As the script says.
    List<Map<String, Object>> found =
        (List<Map<String, Object>>)
            driver.executeAsyncScript(
                "const done = arguments[0];"
                    + "axe.run({ resultTypes: ['violations', 'passes'] }).then((all) =>"
                    + " done([...all.violations, ...all.passes].map((rule) => ({"
                    + " id: rule.id, passed: all.passes.includes(rule), impact: rule.impact,"
                    + " nodes: rule.nodes.map((it) => it.html + ' ' + it.failureSummary) }))));");
    assertTrue(
        found.stream().anyMatch(rule -> "color-contrast".equals(rule.get("id"))),
        what + ": colours were not looked at");
    assertEquals(
        Optional.empty(),
        found.stream()
            .filter(rule -> rule.get("passed").equals(false))
            .filter(rule -> SERIOUS.contains(String.valueOf(rule.get("impact"))))
            .findFirst(),
        what);
  }

  /** What the page's own address refuses is told on the page. */
  private boolean isRefusal(String message) {
    return message.startsWith(driver.getCurrentUrl())
        && message.contains("the server responded with a status of 4");
  }

  @Override
  public void close() {
    driver.quit();
  }
}
