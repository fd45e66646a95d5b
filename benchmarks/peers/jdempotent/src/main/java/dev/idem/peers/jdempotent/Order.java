package dev.idem.peers.jdempotent;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/** What Jdempotent makes its key of: all fields. The rest of the body is read and dropped. */
@JsonIgnoreProperties(ignoreUnknown = true)
public class Order {
    private String number;
    private Integer work;

    public String getNumber() {
        return number;
    }

    public void setNumber(String number) {
        this.number = number;
    }

    public Integer getWork() {
        return work;
    }

    public void setWork(Integer work) {
        this.work = work;
    }
}
