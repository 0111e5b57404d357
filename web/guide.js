/* guide.js -- lets the guide be looked at in every mode: guide.html?mode=elder&theme=dark */
(function () {
    var asked = new URLSearchParams(location.search);
    ["mode", "theme"].forEach(function (axis) {
        if (asked.get(axis)) document.documentElement.dataset[axis] = asked.get(axis);
    });
})();
