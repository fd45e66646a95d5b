package dev.idem.service.config;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The {@code gateway} section.
 *
 * @param routes must be empty for now
 */
public record GatewayConfiguration(@Nullable List<Map<String, Object>> routes) {

    public GatewayConfiguration {
        if (routes != null && !routes.isEmpty()) {
            throw new IllegalArgumentException("gateway.routes must be empty: the gateway is not available yet");
        }
    }
}
