import { describe, expect, it } from '@jest/globals';
import { MAX_VIEWS, readViews, renamedView, withView, type SavedView } from './saved-views.ts';

const view = (id: string, name = id): SavedView => ({ id, name, address: `/runs?status=${id}` });

describe('saved views', () => {
  it.each<[string | null, string[]]>([
    [null, []],
    ['', []],
    ['{', []],
    ['{"id":"a"}', []],
    [JSON.stringify([view('a'), 1, null, { id: 'b' }, { ...view('c'), name: '' }, view('d')]), ['a', 'd']],
    [JSON.stringify([{ ...view('a'), address: 'https://elsewhere.example' }]), []],
    [JSON.stringify([{ ...view('a'), address: '/runsaway' }]), []],
    [JSON.stringify([{ ...view('a'), address: '/runs' }]), ['a']],
  ])('are read out of %j', (text, ids) => expect(readViews(text).map(({ id }) => id)).toEqual(ids));

  it('replace one of the same name, and have room for so many', () => {
    expect(withView([view('a', 'Mine'), view('b')], view('c', 'Mine'))).toEqual([
      view('b'),
      view('c', 'Mine'),
    ]);
    const many = Array.from({ length: MAX_VIEWS }, (_, i) => view(String(i)));
    expect(withView(many, view('one more'))).toBeNull();
    expect(withView(many, view('new', '3'))).toHaveLength(MAX_VIEWS);
  });

  it('get another name that no other one has', () => {
    const views = [view('a'), view('b')];
    expect(renamedView(views, 'a', 'Failed today')).toEqual([view('a', 'Failed today'), view('b')]);
    expect(renamedView(views, 'a', 'b')).toBeNull();
    expect(renamedView(views, 'a', '')).toBeNull();
    expect(renamedView(views, 'a', 'a')).toEqual(views);
  });
});
