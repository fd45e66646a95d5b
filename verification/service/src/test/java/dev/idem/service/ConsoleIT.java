package dev.idem.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.idem.accounts.Role;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import dev.idem.verification.browser.Browser;
import dev.idem.verification.support.NeedsPrograms;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The operators' page, in a real browser. */
@NeedsPrograms({"chromium", "chromedriver"})
@ExtendWith(ServersExtension.class)
@Timeout(120)
final class ConsoleIT {
    private static final String ADMIN = "admin@example.com";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static RunningService service;
    private static Api api;
    private static String ann;
    private static PlantedRecords planted;

    private static Browser browser;

    private final String key = UUID.randomUUID().toString();

    @BeforeAll
    static void start(TestRedis redis, TestDatabase database) throws Exception {
        service = new RunningService(redis, database);
        service.users().add(ADMIN, RunningService.PASSWORD, Role.ADMIN);
        api = service.api();
        ann = api.login(RunningService.ANN, RunningService.PASSWORD);
        planted = new PlantedRecords(redis, database);
        browser = new Browser();
    }

    @AfterAll
    static void stop() {
        browser.close();
        planted.close();
        service.close();
    }

    @BeforeEach
    void open() {
        browser.newTab();
        browser.open(service.admin().base() + "/console");
    }

    private void enter() {
        browser.logIn(ADMIN, RunningService.PASSWORD);
        browser.awaitText("decides", "redis");
    }

    @Test
    void anAdministratorSeesTheStoresAndTheBrowserComplainsOfNothing() {
        enter();
        browser.awaitText("stores", "postgresql");
        browser.awaitText("outcomes", "executed");

        assertThat(browser.text("journal")).contains("0 dropped");
        assertThat(browser.all("canvas")).hasSize(2);
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void aWrongPasswordIsSaidAndLetsNobodyIn() {
        browser.logIn(ADMIN, "wrong horse battery");

        browser.awaitText("status", "The address or the password is wrong.");
        assertThat(browser.find("console").isDisplayed()).isFalse();
    }

    @Test
    void anotherUserIsShownTheDoor() {
        browser.logIn(RunningService.BOB, RunningService.PASSWORD);

        browser.awaitText("status", "not an administrator's");
        assertThat(browser.find("login").isDisplayed()).isTrue();
    }

    @Test
    void theRatesMoveWithRealTraffic() throws Exception {
        enter();
        browser.awaitText("outcomes", "replayed");
        for (int i = 0; i < 20; i++) {
            api.share(ann, key, Api.REDDIT);
        }

        await().atMost(PATIENCE).ignoreExceptions().until(() -> browser.all("#outcomes tr").stream()
                .map(WebElement::getText)
                .anyMatch(text -> text.matches("replayed [0-9.]*[1-9][0-9.]* [1-9][0-9,]*")));
    }

    @Test
    void aKeyIsLookedUpInBothStores() throws Exception {
        api.share(ann, key, Api.REDDIT);
        enter();
        await().atMost(PATIENCE).untilAsserted(() -> {
            browser.find("key").clear();
            browser.find("key").sendKeys(key);
            assertThat(browser.find("key").getDomProperty("value")).isEqualTo(key);
            browser.find("key").sendKeys(Keys.ENTER);
            browser.awaitText("found", "In redis");
            assertThat(browser.text("found")).contains("In postgresql");
        });

        assertThat(browser.text("found")).contains("completed", "POST /api/v1/shares", "201", "History");
        assertThat(browser.text("found")).doesNotContain("reddit");
    }

    @Test
    void aKeysHistoryIsATimeLine() throws Exception {
        api.share(ann, key, Api.REDDIT);
        api.share(ann, key, Api.REDDIT);
        enter();

        await().atMost(PATIENCE).untilAsserted(() -> {
            browser.find("key").clear();
            browser.find("key").sendKeys(key);
            assertThat(browser.find("key").getDomProperty("value")).isEqualTo(key);
            browser.find("key").sendKeys(Keys.ENTER);
            browser.awaitText("found", "History");
            assertThat(browser.text("found")).contains("duplicate prevented", "POST /api/v1/shares");
        });
    }

    @Test
    void theRolloutIsChangedWithAReason() {
        enter();
        browser.find("rollout-show").click();
        browser.awaitVisible("rollout");
        browser.find("rollout-percent").clear();
        browser.find("rollout-percent").sendKeys("99.5");
        browser.find("rollout-reason").sendKeys("a careful start", Keys.ENTER);

        browser.awaitText("status", "The rollout was changed.");
        browser.awaitText("rollout-state", ADMIN);
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void aKeyIsShownAsTextWhateverItSays() {
        String hostile = "<img src=x onerror=alert(1)>";
        planted.live("scope", hostile);
        enter();
        browser.find("key").sendKeys(hostile, Keys.ENTER);

        browser.awaitText("found", "In redis");
        assertThat(browser.all("#found img")).isEmpty();
    }

    @Test
    void aDeadOwnersKeyIsClearedAfterAQuestion() {
        planted.dead("scope", key);
        enter();
        browser.awaitText("stale", key);
        browser.all("button[aria-label='Clear " + key + "']").get(0).click();
        browser.awaitVisible("question");
        assertThat(browser.text("question-text")).contains(key, "executes");
        browser.find("question-no").click();
        browser.awaitText("status", "Nothing was cleared.");

        browser.all("button[aria-label='Clear " + key + "']").get(0).click();
        browser.awaitVisible("question");
        browser.find("question-reason").sendKeys("its node is gone", Keys.ENTER);

        browser.awaitText("status", "The key " + key + " is free.");
        await().atMost(PATIENCE)
                .until(() -> !browser.find("stale-table").getText().contains(key));
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void aHeldKeyIsShownAsHeld() {
        planted.held("scope", key);
        enter();
        browser.awaitText("held", key);
        browser.find("key").sendKeys(key, Keys.ENTER);

        browser.awaitText("found", "held: nobody knows whether the request took effect");
        assertThat(browser.text("held-count")).contains("idem-admin resolve KEY");
        browser.assertAccessible();
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void everythingIsReachedWithoutAMouse() {
        browser.awaitVisible("login");
        assertThat(browser.focused()).isEqualTo(browser.find("email"));
        browser.press(ADMIN, Keys.TAB);
        browser.press(RunningService.PASSWORD, Keys.TAB);
        browser.press(Keys.SPACE);
        browser.awaitText("decides", "redis");

        assertThat(browser.focused()).isEqualTo(browser.find("key"));
        browser.press(key, Keys.ENTER);
        browser.awaitText("found", "No record of this key was found.");
        int steps = 0;
        while (!browser.focused().equals(browser.find("rollout-show")) && steps < 100) {
            browser.press(Keys.TAB);
            steps++;
        }
        assertThat(browser.focused()).isEqualTo(browser.find("rollout-show"));
    }

    @Test
    void thePageIsAccessible() {
        browser.awaitVisible("login");
        browser.assertAccessible();
        planted.dead("scope", key);
        enter();
        browser.awaitText("stale", key);
        browser.awaitText("outcomes", "executed");

        browser.assertAccessible();
    }

    @Test
    void aLogoutForgetsTheToken() {
        enter();
        browser.find("logout").click();
        browser.awaitText("status", "Logged out.");
        browser.open(service.admin().base() + "/console");

        browser.awaitVisible("login");
        assertThat(browser.find("console").isDisplayed()).isFalse();
    }

    @Test
    void theBrowserKeepsNoTokenAndAReloadForgetsIt() {
        enter();

        assertThat(browser.kept()).isEqualTo("[]");
        browser.reload();
        browser.awaitVisible("login");
        assertThat(browser.find("console").isDisplayed()).isFalse();
        assertThat(browser.kept()).isEqualTo("[]");
    }

    @Test
    void whoeverComesToTheApplicationsPortIsLedToThePage() {
        browser.open(api.base() + "/console");
        enter();

        assertThat(browser.address()).isEqualTo(service.admin().base() + "/console");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void thePageMayBeFramedByNobodyAndLoadsNothingFromElsewhere() throws Exception {
        HttpResponse<String> page = service.admin().get("/console");

        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'")
                .contains("worker-src 'none'")
                .doesNotContain("unsafe");
        assertThat(page.headers().firstValue("X-Frame-Options")).contains("DENY");
        assertThat(page.headers().firstValue("Referrer-Policy")).contains("no-referrer");
        assertThat(page.body()).doesNotContain("http:", "https:", "style=", "onclick");
        assertThat(service.admin().get("/console/pom.xml").statusCode()).isEqualTo(404);
        assertThat(service.admin().get("/console/uPlot.esm.js").statusCode()).isEqualTo(200);
    }
}
