package dev.idem.service.share;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.UUID;

/**
 * A shared link.
 *
 * @param status {@code pending} until somebody works on it
 */
record Share(
        UUID id,
        String url,
        String platform,
        String status,

        @JsonProperty("created_at") @JsonFormat(shape = JsonFormat.Shape.STRING)
        Instant createdAt) {}
