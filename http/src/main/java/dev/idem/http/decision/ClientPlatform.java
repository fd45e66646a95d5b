package dev.idem.http.decision;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A client's platform: its {@code X-Client-Platform} header, or else a guess from its {@code User-Agent}. A guess is enough,
 * since it only selects for whom a rollout begins.
 */
final class ClientPlatform {
    private static final Pattern IOS = Pattern.compile("iPhone|iPad|iOS|CFNetwork|Darwin");
    private static final Pattern ANDROID = Pattern.compile("Android|okhttp");
    private static final Pattern WEB = Pattern.compile("Mozilla");

    private ClientPlatform() {}

    /** Empty if unknown. */
    static String of(IncomingRequest request) {
        @Nullable String said = request.header("X-Client-Platform");
        if (said != null) {
            return said.strip();
        }
        @Nullable String agent = request.header("User-Agent");
        return agent == null ? "" : ofAgent(agent);
    }

    /** The order matters: a phone's browser also says Mozilla. */
    private static String ofAgent(String agent) {
        if (IOS.matcher(agent).find()) {
            return "ios";
        }
        if (ANDROID.matcher(agent).find()) {
            return "android";
        }
        return WEB.matcher(agent).find() ? "web" : "";
    }
}
