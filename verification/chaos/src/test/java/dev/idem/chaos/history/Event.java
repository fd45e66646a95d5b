package dev.idem.chaos.history;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Duration;

/** Something that happened in a run. Times are counted from the run's begin. */
@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "event")
public sealed interface Event permits Exchange, Effect, Fault {

    Duration begin();
}
