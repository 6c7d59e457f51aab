import assert from 'node:assert/strict';
import { readHtmlPage } from '../../../../src/core/facts/htmlPage.ts';

function check(html: string, title: string | undefined, description?: string): void {
  const { facts } = readHtmlPage(html);
  assert.equal(facts.title, title, html);
  assert.equal(facts.description, description, html);
}

describe('an HTML page', () => {
  it('has the title of its head, else its first heading', () => {
    check('<!doctype html><title> A &amp;\n B </title><h1>C</h1>', 'A & B');
    check('<html><head><title></title></head><body><h1 class="x">C <em>d</em><br>e</h1>', 'C d e');
    check('<TITLE>A</TITLE>', 'A');
    check('<h1></h1><h1>B</h1>', 'B');
    check('<h1><img alt="Logo" src=x></h1>', 'Logo');
    check('<h2>A</h2>', undefined);
  });
  it('has its description in any order and any quotes', () => {
    check('<meta content=\'D &quot;e&quot;\' name="Description"><title>A</title>', 'A', 'D "e"');
    check('<title>A</title><meta name=description content=D>', 'A', 'D');
    check('<title>A</title><meta name="description" content="a > b">', 'A', 'a > b');
    check('<title>A</title><meta name="keywords" content="k">', 'A');
    check('<title>A</title><body><meta name="description" content="late">', 'A');
  });
  it('is not read inside comments, scripts, styles and drawings', () => {
    check('<!-- <title>A</title> --><title>B</title>', 'B');
    check('<script>"<title>A</title>"</script><title>B</title>', 'B');
    check('<style>/* <h1>A</h1> */</style><h1>B</h1>', 'B');
    check('<svg><title>A</title></svg><title>B</title>', 'B');
    check('<template><h1>A</h1></template><h1>B</h1>', 'B');
    check('<h1><!-- A -->B</h1>', 'B');
  });
  it('that is broken gives what stands before the break', () => {
    check('<title>A', undefined);
    check('<!-- <title>A</title>', undefined);
    check('<meta content="<title>A</title>', undefined);
    check('a < b <title>A</title>', 'A');
    check("<p title=don't><title>A</title>", 'A');
  });
});
