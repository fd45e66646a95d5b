package dev.idem.peers.jdempotent;

import java.util.UUID;

/** The answer; a bean, since Jdempotent stores it as JSON with its class and reads it back. */
public class Receipt {
    private UUID id;
    private String number;
    private String status = "accepted";
    private String currency = "EUR";
    private int amount = 1250;
    private String note = "thank you for your order";

    static Receipt of(Order order) {
        Receipt receipt = new Receipt();
        receipt.id = UUID.randomUUID();
        receipt.number = order.getNumber();
        return receipt;
    }

    public UUID getId() {
        return id;
    }

    public void setId(UUID id) {
        this.id = id;
    }

    public String getNumber() {
        return number;
    }

    public void setNumber(String number) {
        this.number = number;
    }

    public String getStatus() {
        return status;
    }

    public void setStatus(String status) {
        this.status = status;
    }

    public String getCurrency() {
        return currency;
    }

    public void setCurrency(String currency) {
        this.currency = currency;
    }

    public int getAmount() {
        return amount;
    }

    public void setAmount(int amount) {
        this.amount = amount;
    }

    public String getNote() {
        return note;
    }

    public void setNote(String note) {
        this.note = note;
    }
}
