// Starts the rows of a record (adding, deleting, ordering), and those within a row that was added later. The options
// stand in attributes of their own: Wagtail puts the number of an added row in the place of the first "__prefix__" of
// each attribute, so that the rows within it keep theirs.
window.wagtail.app.register(
  "rows",
  class extends window.StimulusModule.Controller {
    static values = {
      type: String,
      formsetPrefix: String,
      emptyChildFormPrefix: String,
      canOrder: Boolean,
      maxForms: Number,
      relationName: String,
    };

    // Not in connect(): a row that is moved leaves the page for a moment, and would start the rows within it twice.
    initialize() {
      new window.InlinePanel({
        type: this.typeValue,
        formsetPrefix: this.formsetPrefixValue,
        emptyChildFormPrefix: this.emptyChildFormPrefixValue,
        canOrder: this.canOrderValue,
        maxForms: this.maxFormsValue,
        relationName: this.relationNameValue,
      });
    }
  },
);
