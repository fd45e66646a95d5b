package dev.idem.admin.command.rollout;

/** A switch. */
enum OnOff {
    ON,
    OFF;

    boolean isOn() {
        return this == ON;
    }
}
