package dev.idem.verification.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.deque.html.axecore.selenium.AxeBuilder;
import dev.idem.verification.support.Programs;
import java.io.File;
import java.time.Duration;
import java.util.List;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** The distribution's Chromium without a window. Nothing is ever downloaded: both programs' paths are given. */
public final class Browser implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ChromeDriver driver;

    public Browser() {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(program("chromium"));
        options.addArguments("--headless=new", "--disable-dev-shm-usage", "--window-size=1280,1600");
        if ("root".equals(System.getProperty("user.name"))) {
            options.addArguments("--no-sandbox"); // Chromium's sandbox refuses root
        }
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        driver = new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(program("chromedriver"))
                        .build(),
                options);
    }

    private static File program(String name) {
        return Programs.here().find(name).orElseThrow().toFile();
    }

    /** One that knows nothing of what an earlier tab has stored; and whatever the browser complained of before is forgotten. */
    public void newTab() {
        String before = driver.getWindowHandle();
        driver.switchTo().newWindow(WindowType.TAB);
        String tab = driver.getWindowHandle();
        driver.switchTo().window(before).close();
        driver.switchTo().window(tab);
        List<String> unused = complaints();
    }

    public void open(String address) {
        driver.get(address);
        driver.manage().deleteAllCookies();
    }

    /** What a script says, which calls {@code done}. */
    public String said(String script) {
        return String.valueOf(driver.executeAsyncScript("const done = arguments[arguments.length - 1]; " + script));
    }

    public void reload() {
        driver.navigate().refresh();
    }

    public String address() {
        return String.valueOf(driver.getCurrentUrl());
    }

    /** The names of all that this origin keeps in the browser, whatever kind of store it is in; and cookies. */
    public String kept() {
        return said("""
                Promise.all([indexedDB.databases(), caches.keys(), navigator.serviceWorker.getRegistrations()])
                  .then((stores) => done(JSON.stringify([...Object.keys(localStorage), ...Object.keys(sessionStorage),
                    ...stores.flat().map(String), ...document.cookie.split(';')].filter((name) => name !== ''))));
                """);
    }

    public WebElement find(String id) {
        return driver.findElement(By.id(id));
    }

    public List<WebElement> all(String selector) {
        return driver.findElements(By.cssSelector(selector));
    }

    public String text(String id) {
        return find(id).getText();
    }

    public WebElement focused() {
        return driver.switchTo().activeElement();
    }

    /** What a person without a mouse does. */
    public void press(CharSequence... keys) {
        focused().sendKeys(keys);
    }

    public void awaitText(String id, String expected) {
        await().atMost(PATIENCE)
                .ignoreExceptions() // a text that is being replaced is read again
                .untilAsserted(() -> assertThat(text(id)).contains(expected));
    }

    public void awaitVisible(String id) {
        await().atMost(PATIENCE).until(() -> find(id).isDisplayed());
    }

    public void logIn(String email, String password) {
        awaitVisible("login");
        find("email").clear();
        find("email").sendKeys(email);
        find("password").clear();
        find("password").sendKeys(password, Keys.ENTER);
    }

    /** What the browser complained of since it was last asked. */
    public List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::getMessage)
                .toList();
    }

    public void assertAccessible() {
        assertThat(new AxeBuilder().analyze(driver).getViolations())
                .extracting(rule -> rule.getId() + ": " + rule.getNodes())
                .isEmpty();
    }

    @Override
    public void close() {
        driver.quit();
    }
}
