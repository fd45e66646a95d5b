package dev.idem.http.decision;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a client runs on: its own word in {@code X-Client-Platform}, or else what its {@code User-Agent} looks like. A guess
 * is enough, since it only chooses with whom the layer begins.
 */
final class ClientPlatform {
    private static final Pattern IOS = Pattern.compile("iPhone|iPad|iOS|CFNetwork|Darwin");
    private static final Pattern ANDROID = Pattern.compile("Android|okhttp");
    private static final Pattern WEB = Pattern.compile("Mozilla");

    private ClientPlatform() {}

    /** Empty if nothing says it. */
    static String of(IncomingRequest request) {
        @Nullable String said = request.header("X-Client-Platform");
        if (said != null) {
            return said.strip();
        }
        @Nullable String agent = request.header("User-Agent");
        return agent == null ? "" : ofAgent(agent);
    }

    /** The order matters: a phone's browser says Mozilla, too. */
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
